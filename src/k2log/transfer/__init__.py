"""Files in and out. Reading checks each row; whatever is wrong is returned with the good rows."""
