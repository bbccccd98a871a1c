docker compose up -d --build --quiet-pull
