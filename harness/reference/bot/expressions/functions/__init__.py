"""The functions of Power Fx that topics use, by family."""
