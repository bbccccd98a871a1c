# What the course expects of debian:bookworm-slim, the official image or ours.

## Debian 12, slim
same "$(docker run --rm "$IMAGE" sh -c '. /etc/os-release; echo $VERSION_CODENAME; ls /usr/share/man 2>/dev/null | wc -l')" $'bookworm\n0'
same "$(config '{{json .Config.Cmd}}')" '["bash"]'

## apt-get installe, et ne laisse aucun paquet dans la couche
said=$(docker run --rm "$IMAGE" sh -euc 'apt-get update -q >/dev/null; apt-get install -qy --no-install-recommends netcat-openbsd >/dev/null 2>&1; command -v nc; ls /var/cache/apt/archives/*.deb 2>/dev/null || echo clean')
same "$said" $'/usr/bin/nc\nclean'
