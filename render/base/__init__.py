"""Ground of the other rooms: errors, hashes, files. It imports none of them."""
