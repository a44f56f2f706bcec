"""How a scenario's world comes about: what a Given says in a sentence, people do in several."""
