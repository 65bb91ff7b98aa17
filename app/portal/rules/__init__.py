"""What a petitioner is told: his way so far, the agreement section by section, whether a paper is true."""
