"""What petitioners and the public see."""
