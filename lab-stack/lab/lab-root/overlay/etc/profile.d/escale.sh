export LANG=C.UTF-8
export EDITOR=nano
export PAGER=less
