"""The values that flow through the rooms: frozen, typed, without behaviour of their own."""
