docker build -q -t etl .
