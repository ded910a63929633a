# gov's hook for nushell, printed by `gov hook nu`: before each prompt it asks gov, one process, what
# the directory wants of the environment. For nushell 0.100 and later.

const gov_program = @GOV@

# Follows gov's answer. What is wrong gov itself says on standard error.
def --env "gov-hook" [] {
    let answer = try { ^$gov_program export nu | from json } catch { null }
    if $answer == null { return }
    for name in $answer.unset { hide-env --ignore-errors $name }
    load-env $answer.set
}

# gov itself, and what only the shell can do: `gov shell`, the version for this session.
def --env --wrapped gov [...words: string] {
    if ($words | get -o 0) != "shell" {
        ^$gov_program ...$words
    } else if $words == ["shell" "--unset"] {
        hide-env --ignore-errors GOV_VERSION
        gov-hook
    } else if ($words | length) == 1 or ($words.1 | str starts-with "-") {
        ^$gov_program ...$words
    } else {
        let checked = try { ^$gov_program shell --check ...($words | skip 1) } catch { null }
        if $checked == null { return }
        $env.GOV_VERSION = ($checked | str trim)
        gov-hook
    }
}

$env.config = ($env.config? | default {} | upsert hooks.pre_prompt {|config|
    $config.hooks?.pre_prompt? | default [] | append {|| gov-hook }
})
