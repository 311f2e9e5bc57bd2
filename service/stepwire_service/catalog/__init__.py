"""What can be opened here: "gym:CartPole-v1", "gymvec:CartPole-v1", "game:snake" → a backend.

    Catalog      finds the source of an id, and asks it
    GymSource    Gymnasium's environments, single ones and batches of copies
    GymVecSource the vector environments that some of them have
    GameSource   the games in a lobby

Knows the sources' settings, but no sessions and no fronts.
"""

from stepwire_service.catalog.catalog import Catalog, Offer, Order, Source
from stepwire_service.catalog.games import GameSource
from stepwire_service.catalog.gym import GymSource, GymVecSource

__all__ = ["Catalog", "GameSource", "GymSource", "GymVecSource", "Offer", "Order", "Source"]
