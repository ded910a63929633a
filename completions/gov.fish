# Completes gov's command line in fish. gov itself knows what may stand next: a candidate a line, with
# a tab and an explanation behind some. Where it knows none, file names are completed.

function __gov_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process) (commandline --current-token --cut-at-cursor)
    set -l candidates (command gov complete -- $words[2..] 2>/dev/null)
    if set -q candidates[1]
        printf '%s\n' $candidates
    else
        __fish_complete_path (commandline --current-token)
    end
end
complete --command gov --no-files --arguments '(__gov_complete)'
