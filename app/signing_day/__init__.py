"""The day on which hundreds sign: who is called to which desk, how far each one is, who comes in the second round."""
