"""The page kit: installed, brought up to date, taken away."""
