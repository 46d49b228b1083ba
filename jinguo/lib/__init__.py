"""Plain Python for the whole house: clock, keys, codes, errors, rulings, claiming, registries. No models."""
