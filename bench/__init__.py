"""`make bench`: what stepwire costs, beside what its transports cost bare."""
