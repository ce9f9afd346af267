"""Run a module and return what it draws and says."""
