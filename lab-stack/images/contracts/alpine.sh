# What the course expects of alpine, the official image or ours.

run() {
  docker run --rm "$IMAGE" sh -euc "$1"
}

## Un interpréteur de commandes par défaut, root, un dossier /tmp
same "$(config '{{json .Config.Cmd}}')" '["/bin/sh"]'
same "$(run 'id -u; whoami; stat -c %a /tmp')" $'0\nroot\n1777'

## Les outils de tous les jours
has awk cat cp cut date df find grep gzip gunzip head kill ls md5sum mkdir nc nslookup ping printf ps rm sed sha256sum sleep sort stat tar tee time top vi wc wget xargs

## Une archive compressée d’un volume, et retour
docker volume create "$BOX" >/dev/null
docker run --rm -v "$BOX:/data" "$IMAGE" sh -euc 'mkdir /data/deep; echo kept >/data/deep/file; tar czf /data/all.tar.gz -C /data deep; rm -r /data/deep'
same "$(docker run --rm -v "$BOX:/data" "$IMAGE" sh -euc 'tar xzf /data/all.tar.gz -C /tmp; cat /tmp/deep/file')" kept


## Une image qui part d’elle se construit
docker build -q -t "$BOX" - >/dev/null <<DOCKERFILE
FROM $IMAGE
RUN echo built >/it
DOCKERFILE
same "$(docker run --rm "$BOX" cat /it)" built
