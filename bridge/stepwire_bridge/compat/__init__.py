"""Old systems' Python interfaces, on the same bridge as everything else: what users of them import instead."""
