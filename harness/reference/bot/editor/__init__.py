"""Topics as the topic editor shows and changes them: text in, text out."""
