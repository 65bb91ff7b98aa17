"""The law as computation: time, periods, clocks, numbers, money; nothing here touches the outside."""
