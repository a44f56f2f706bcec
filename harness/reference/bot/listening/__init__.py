"""What an utterance means: which topic it asks for, or which answer it is."""
