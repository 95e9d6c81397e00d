"""Where n new places reach most people who are not reached yet, with proof; the fair variant too.

Face: `advice` (`siting_of`, `advice`), `demand`, `words`.
"""
