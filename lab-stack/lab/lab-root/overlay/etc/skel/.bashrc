# Settings of an interactive shell.
case $- in *i*) ;; *) return ;; esac

HISTCONTROL=ignoreboth
HISTSIZE=5000
HISTFILESIZE=10000
shopt -s histappend checkwinsize
# The history outlives a shell that is ended from outside.
PROMPT_COMMAND='history -a'

# The marks 133;A (prompt: the shell waits), 133;B (its end: what follows is typed) and 133;C (a command runs) tell the page when
# a command may be typed for the learner. Without B, keys that an editor or a pager took would count as text on the prompt.
PS1='\[\e]133;A\a\]\[\e[1;32m\]\u@\h\[\e[0m\] \[\e[1;34m\]\w\[\e[0m\] \$ \[\e]133;B\a\]'
PS0='\e]133;C\a'

alias ls='ls --color=auto'
alias ll='ls -alF'
alias grep='grep --color=auto'

[ ! -r /usr/share/bash-completion/bash_completion ] || . /usr/share/bash-completion/bash_completion
