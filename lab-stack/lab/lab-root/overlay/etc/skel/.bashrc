# Settings of an interactive shell.
case $- in *i*) ;; *) return ;; esac

HISTCONTROL=ignoreboth
HISTSIZE=5000
HISTFILESIZE=10000
shopt -s histappend checkwinsize
# Saves the history after each command, so that it survives a shell that is killed.
PROMPT_COMMAND='history -a; still_there'

# If the shell's folder was removed, says so once, and enters the new one as soon as there is one. `-ef` compares the folders themselves.
still_there() {
  if [ . -ef "$PWD" ]; then
    gone=
  elif cd -- "$PWD" 2>/dev/null; then
    gone=
    echo "Le dossier de ce terminal a été refait : vous êtes dans le nouveau $PWD."
  elif [ -z "${gone-}" ]; then
    gone=1
    echo "Le dossier de ce terminal, $PWD, n’existe plus. Pour le refaire et y aller : mkdir -p $PWD && cd $PWD"
  fi
}

# Marks for the page, which must know when it can type a command: 133;A (start of the prompt: the shell waits), 133;B (end of the prompt:
# typed text follows) and 133;C (a command runs). Without B, keys typed into an editor or a pager would count as text on the prompt.
PS1='\[\e]133;A\a\]\[\e[1;32m\]\u@\h\[\e[0m\] \[\e[1;34m\]\w\[\e[0m\] \$ \[\e]133;B\a\]'
PS0='\e]133;C\a'

alias ls='ls --color=auto'
alias ll='ls -alF'
alias grep='grep --color=auto'

[ ! -r /usr/share/bash-completion/bash_completion ] || . /usr/share/bash-completion/bash_completion
