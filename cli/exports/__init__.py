"""What ``export`` writes, and how: the rows there are, the forms they are written in, the file they go to."""
