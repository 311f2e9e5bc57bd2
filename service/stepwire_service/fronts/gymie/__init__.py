"""The Gymie front: JSON over WebSockets at /gym on one side, sessions on the other. For agents that are JavaScript.

    listening    the port: who may come in, and what plain HTTP gets
    connection   one agent: its requests as they come, its replies, its end
    instances    the environments that belong to it
    classic      Gymie-Server's own protocol: no ids, and every error closes the connection
    hanging_up   the codes and reasons of that
    processing   what the user's own process_step makes of a step, which may take long
    modern       its second version: ids, structured errors, requests of different instances at the same time
    requests     what is asked for in that version, and its parameters
    forms        values and spaces as classic says them
    saying       infos without what JSON cannot say, and reasons that fit into a close frame
    terms        what every connection is given

What an environment may do is the sessions' to decide; here is how requests come in and how replies go out.
"""

from stepwire_service.fronts.gymie.listening import listen
from stepwire_service.fronts.gymie.terms import Terms

__all__ = ["Terms", "listen"]
