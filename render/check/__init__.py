"""Check what systems draw and say: small rules, each with a code, from captured facts to findings."""
