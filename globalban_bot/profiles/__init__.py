"""What differs from one wiki farm to another: one YAML file each."""
