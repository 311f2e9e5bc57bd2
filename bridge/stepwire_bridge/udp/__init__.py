"""Games over UDP: how a datagram becomes a link's message, with all that UDP leaves to its users."""
