"""The invented district 滨澜区: organisations, people, rooms and matters in every state, for trials and tests."""
