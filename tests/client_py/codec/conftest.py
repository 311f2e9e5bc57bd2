"""How long an example takes says nothing about the codec: on a busy machine, any takes long."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
