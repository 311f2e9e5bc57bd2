"""What can be opened here: "gym:CartPole-v1", "gymvec:CartPole-v1", "game:snake" → a backend.

    Catalog      finds the source of an id, and asks it
    GymSource    Gymnasium's environments, single ones and batches of copies
    GymVecSource the vector environments that some of them have
    GameSource   the games in a lobby
    OnDemand     those that a client names by their folder, and that are started for it

Knows the sources' settings, but no sessions and no fronts.
"""

from stepwire_service.catalog.catalog import Catalog, Offer, Order, Source
from stepwire_service.catalog.games import GameSource, by_game
from stepwire_service.catalog.gym import GymSource, GymVecSource
from stepwire_service.catalog.on_demand import OnDemand

__all__ = ["Catalog", "GameSource", "GymSource", "GymVecSource", "Offer", "OnDemand", "Order", "Source", "by_game"]
