# gov's hook for fish, printed by `gov hook fish`: before each prompt it gives the shell the Go
# toolchain that the directory asks for. It asks gov only about what it has not seen before or what
# has changed since; whether that is so it tells by builtins alone.

set -g __gov_program @GOV@
# What was in sight at the last prompt: GOV_VERSION, GOV_HOME, DIRENV_DIR and the landmarks, the files
# from here upward that can have a say, as "//path//path", up to the first directory that has a
# .gotoolchain.toml: gov itself says what counts above that. Empty: ask.
set -g __gov_sight
# Each sight had so far, by the number of gov's answer to it, and what was said about it. An answer
# defines the functions __gov_same, __gov_can_enter, __gov_enter, __gov_can_leave and __gov_leave, with
# an underscore and its number behind the name. Number 0 is no answer, and the one in effect is __gov_at.
set -g __gov_sights
set -g __gov_notes
set -g __gov_at 0
set -g __gov_saw
set -g __gov_note
# The levels from the directory __gov_dir upward, where landmarks can be.
set -g __gov_dir
set -g __gov_levels
# For prompts: the pinned release that is in effect.
set -g GOV_PROMPT

# The words of the answers.
function __gov_set
    set -eg $argv[1]
    # A universal variable may have come to light that has the value.
    set -qUx $argv[1]
    and test "$$argv[1]" = "$argv[2]"
    or set -gx $argv[1] $argv[2]
end
function __gov_unset
    set -eg $argv[1]  # a universal variable belongs to all sessions: it stays
end
function __gov_add
    set -gx PATH $argv[1] $PATH
end
function __gov_drop
    set -l IFS \n
    set -l at (builtin contains -i -- $argv[1] $PATH)
    and set -e PATH[$at]
end

function __gov_say
    builtin printf 'gov: %s\n' $argv[1] >&2
end

# Where gov ended with the status $argv[2] and without an answer to the sight $argv[1]: does not ask
# again before the next cd.
function __gov_give_up
    # gov has said why, unless it was cut short.
    if not set -q __gov_failed_in; and test $argv[2] -eq 0 -o $argv[2] -ge 128
        __gov_say "$__gov_program gave no answer"
    end
    set -g GOV_PROMPT
    set -g __gov_sight $argv[1]
    set -g __gov_at 0
    set -g __gov_failed_in $PWD  # the directory where gov failed at the last attempt
end

# Evaluates gov's answer to the sight $argv[1] as number $argv[2] and keeps it.
function __gov_learn
    set -l IFS \n  # an empty one keeps fish from splitting what a command says
    set -l said "$__gov_note"
    set -l lines
    set -l code 0
    if not test -x $__gov_program
        # fish would say much of a command that it cannot find.
    else if set -q __gov_failed_in  # then what it says has been read
        set lines ($__gov_program export fish $argv[2] 2>/dev/null)
        set code $status
    else
        set lines ($__gov_program export fish $argv[2])
        set code $status
    end
    if test $code -ne 0 -o "$lines[-1]" != ': gov-end'
        __gov_give_up $argv[1] $code
        return
    end
    eval (string join \n -- $lines | string collect)
    __gov_enter_$argv[2]
    set -e __gov_failed_in
    set -g __gov_at $argv[2]
    # Once for a content: not what the last answer, or the last one here, said as well.
    set -l before (string split \n -- $said "$__gov_notes[$argv[2]]")
    for line in (string split \n -- $__gov_note)
        builtin contains -- $line '' $before
        or __gov_say $line
    end
    # A file that came or went meanwhile makes this the answer to another sight: ask once more.
    test "$GOV_VERSION//$GOV_HOME//$DIRENV_DIR$__gov_saw" = "$argv[1]"
    or return
    set -g __gov_sight $argv[1]
    set -g __gov_sights[$argv[2]] $argv[1]
    set -g __gov_notes[$argv[2]] "$__gov_note"
end

# Follows the sight $argv[1] by the answer it had before, or by a new one.
function __gov_follow
    set -l IFS \n
    set -g __gov_sight
    set -l number (builtin contains -i -- $argv[1] $__gov_sights)
    set -l known $status
    if set -q GOV_STATE
        # Not in order where the user has changed what gov had set: gov itself sorts that out.
        __gov_can_leave_$__gov_at
        and __gov_leave_$__gov_at
    end
    if not set -q GOV_STATE; and test $known -eq 0
        if __gov_same_$number; and __gov_can_enter_$number
            __gov_enter_$number
            set -g __gov_at $number
            set -g __gov_sight $argv[1]
            return
        end
    end
    test $known -eq 0
    or set number (builtin math (builtin count $__gov_sights) + 1)
    __gov_learn $argv[1] $number
end

# Lists the levels from the directory $PWD upward, each without the slash after it.
function __gov_look_around
    set -l IFS \n
    set -g __gov_dir $PWD
    set -g __gov_levels ''
    for part in (string split -n -- / $PWD)
        set -p __gov_levels "$__gov_levels[1]/$part"
    end
end

function __gov_hook --on-event fish_prompt
    test "$PWD" = "$__gov_dir"
    or __gov_look_around
    set -l now "$GOV_VERSION//$GOV_HOME//$DIRENV_DIR"
    set -l top
    for level in $__gov_levels
        if test -e $level/.gotoolchain.toml
            set now $now/$level/.gotoolchain.toml
            set top here
        end
        for place in $level/.go-version $level/.tool-versions $level/go.work $level/go.mod
            test -e $place
            and set now $now/$place
        end
        set -q top[1]
        and break
    end
    if test "$now" != "$__gov_sight"; or not __gov_same_$__gov_at
        __gov_follow $now
    end
end

# Of no answer: holds where gov failed until the next cd.
function __gov_same_0
    test "$PWD" = "$__gov_failed_in"
end
function __gov_can_leave_0
    false
end

# gov itself, and what only the shell can do: `gov shell`, the version for this session.
function gov
    if test "$argv[1]" != shell
        $__gov_program $argv
        return
    end
    switch (builtin count $argv)/"$argv[2]"
        case 2/--unset
            __gov_unset GOV_VERSION
        case '1/' '*/-*'
            $__gov_program $argv
            return
        case '*'
            set -l IFS \n
            set -l checked ($__gov_program shell --check $argv[2..])
            or return
            __gov_set GOV_VERSION $checked
    end
    __gov_hook
    return 0
end
