# shellcheck shell=bash
# Completes gov's command line in bash. gov itself knows what may stand next: a candidate a line, with
# a tab and an explanation behind some. Where it knows none, file names are completed.

_gov() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("${line%%$'\t'*}")
    done < <(command gov complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _gov gov
