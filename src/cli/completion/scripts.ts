/** The hidden command that the scripts ask: the words so far, the last of which is completed. It answers with one candidate a line. */
export const COMPLETE = '__complete';

const BASH = `# bash completion of bamboo-rekey
_bamboo_rekey() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("$candidate")
  done < <("\${COMP_WORDS[0]}" ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
# Where there is nothing to offer, files are.
complete -o default -F _bamboo_rekey bamboo-rekey
`;

const ZSH = `#compdef bamboo-rekey
# zsh completion of bamboo-rekey
_bamboo_rekey() {
  local -a candidates
  candidates=("\${(@f)$("\${words[1]}" ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  candidates=(\${candidates:#})
  if (( \${#candidates} )); then
    compadd -- "\${candidates[@]}"
  else
    _files
  fi
}
if [ "\${funcstack[1]}" = "_bamboo_rekey" ]; then
  _bamboo_rekey "$@"
else
  compdef _bamboo_rekey bamboo-rekey
fi
`;

const FISH = `# fish completion of bamboo-rekey
function __bamboo_rekey_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l candidates ($words[1] ${COMPLETE} $words[2..-1] "$current" 2>/dev/null)
  if test (count $candidates) -gt 0
    printf '%s\\n' $candidates
  else
    __fish_complete_path "$current"
  end
end
complete -c bamboo-rekey -f -a '(__bamboo_rekey_complete)'
`;

/** What each shell reads at its start. */
export const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
