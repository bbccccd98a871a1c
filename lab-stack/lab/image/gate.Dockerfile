# The gate's root file system: firewall, resolver, and the tools that create the lab's namespaces.
ARG BASE
FROM ${BASE}
COPY host/ /
RUN set -eu; export DEBIAN_FRONTEND=noninteractive; \
    [ ! -e /etc/apt/sources.list.d/debian.sources ] || rm -f /etc/apt/sources.list; \
    apt-get update -q; \
    apt-get install -qy --no-install-recommends ca-certificates dnsmasq-base iproute2 iptables procps util-linux; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/cache/debconf/*-old /var/log/* /usr/share/doc/* /usr/share/man/*
