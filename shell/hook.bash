# shellcheck shell=bash
# gov's hook for bash, printed by `gov hook bash`: before each prompt it gives the shell the Go
# toolchain that the directory asks for. It asks gov only about what it has not seen before or what
# has changed since; whether that is so it tells by builtins alone. For bash 3.2 and later.

__gov_program=@GOV@
# What was in sight at the last prompt: GOV_VERSION, GOV_HOME, DIRENV_DIR and the landmarks, the files
# from here upward that can have a say, as "//path//path". Empty: ask.
__gov_sight=
# The levels from the directory __gov_dir upward, where landmarks can be.
__gov_dir=
__gov_levels=()
# Each sight had so far, gov's answer to it, and what was said about it. An answer defines the
# functions __gov_same, __gov_can_enter, __gov_enter, __gov_can_leave and __gov_leave.
__gov_sights=() __gov_answers=() __gov_notes=()
__gov_saw=
__gov_note=
# The directory where gov failed at the last attempt.
__gov_failed_in=

# For prompts: the pinned release that is in effect. Nothing in it has a meaning to a prompt.
# shellcheck disable=SC2034  # prompts use it
GOV_PROMPT=

# `local` only names what it makes local: under `set -k` an assignment there is for `local` alone.

# The words of the answers. One statement a variable, each on its own: where the shell keeps one
# from being set, the others still are.
__gov_set() {
    { \builtin unset -v "$1" && \builtin export "$1=$2"; } 2>/dev/null ||
        __gov_say "this shell does not let $1 be set"
}
__gov_unset() {
    \builtin unset -v "$1" 2>/dev/null || __gov_say "this shell does not let $1 be unset"
}
__gov_set_path() {
    \builtin export "PATH=$1" 2>/dev/null || __gov_say "this shell does not let PATH be set"
}
__gov_add() {
    __gov_set_path "$1${PATH+:$PATH}"
}
__gov_drop() {
    local __gov_path
    __gov_path=${PATH-}
    case $__gov_path in
        "$1") __gov_unset PATH ;;
        "$1":*) __gov_path=${__gov_path#"$1":} ;;
        *:"$1":*) __gov_path=${__gov_path%%:"$1":*}:${__gov_path#*:"$1":} ;;
        *:"$1") __gov_path=${__gov_path%:"$1"} ;;
    esac
    [[ $__gov_path == "${PATH-$__gov_path}" ]] || __gov_set_path "$__gov_path"
}

__gov_say() {
    \builtin printf 'gov: %s\n' "$1" >&2
}

# Where gov ended with the status $2 and without an answer to the sight $1: does not ask again
# before the next cd.
__gov_give_up() {
    # gov has said why, unless it was cut short.
    if [[ -z $__gov_failed_in ]] && (($2 == 0 || $2 >= 128)); then
        __gov_say "$__gov_program gave no answer"
    fi
    # shellcheck disable=SC2034  # prompts use it
    __gov_sight=$1 __gov_failed_in=$PWD GOV_PROMPT=
    # shellcheck disable=SC2317  # __gov_hook calls it
    __gov_same() { [[ $PWD == "$__gov_failed_in" ]]; }
}

# Evaluates gov's answer to the sight $1 and keeps it as number $2.
__gov_learn() {
    local __gov_answer __gov_code __gov_said
    __gov_said=$__gov_note
    # Where it failed the last time as well, what it says has been read.
    __gov_answer=$([[ -z $__gov_failed_in ]] || exec 2>/dev/null; exec "$__gov_program" export bash)
    __gov_code=$?
    if [[ $__gov_code -ne 0 || $__gov_answer != *$'\n: gov-end' ]]; then
        __gov_give_up "$1" "$__gov_code"
        return
    fi
    \builtin eval "$__gov_answer"
    __gov_enter
    __gov_failed_in=
    # Once for a content: not where the last answer, or the last one here, said the same.
    case $__gov_note in
        '' | "$__gov_said" | "${__gov_notes[$2]-}") ;;
        *) __gov_say "$__gov_note" ;;
    esac
    # A file that came or went meanwhile makes this the answer to another sight: ask once more.
    [[ "${GOV_VERSION-}//${GOV_HOME-}//${DIRENV_DIR-}$__gov_saw" == "$1" ]] || return
    __gov_sight=$1
    __gov_sights[$2]=$1 __gov_answers[$2]=$__gov_answer __gov_notes[$2]=$__gov_note
}

# Follows the sight $1 by the answer it had before, or by a new one.
__gov_follow() {
    local __gov_at __gov_count
    __gov_at=0 __gov_count=${#__gov_sights[@]}
    __gov_sight=
    while ((__gov_at < __gov_count)) && [[ ${__gov_sights[__gov_at]} != "$1" ]]; do
        ((__gov_at += 1))
    done
    if [[ ${GOV_STATE+x} ]]; then
        # Not in order where the user has changed what gov had set: gov itself sorts that out.
        __gov_can_leave && __gov_leave
    fi
    if [[ ! ${GOV_STATE+x} ]] && ((__gov_at < __gov_count)); then
        \builtin eval "${__gov_answers[__gov_at]}"
        if __gov_same && __gov_can_enter; then
            __gov_enter
            __gov_sight=$1
            return
        fi
    fi
    __gov_learn "$1" "$__gov_at"
}

# Lists the levels from the directory $PWD upward, each without the slash after it.
__gov_look_around() {
    local __gov_level
    __gov_level=${PWD%/}
    __gov_dir=$PWD
    __gov_levels=("$__gov_level")
    while [[ $__gov_level == */* ]]; do
        __gov_level=${__gov_level%/*}
        __gov_levels+=("$__gov_level")
    done
}

__gov_hook() {
    __gov_status=$?
    local __gov_now __gov_level
    __gov_now=${GOV_VERSION-}//${GOV_HOME-}//${DIRENV_DIR-}
    [[ $PWD == "$__gov_dir" ]] || __gov_look_around
    for __gov_level in "${__gov_levels[@]}"; do
        [[ ! -e $__gov_level/.gotoolchain.toml ]] || __gov_now+=/$__gov_level/.gotoolchain.toml
        [[ ! -e $__gov_level/.go-version ]] || __gov_now+=/$__gov_level/.go-version
        [[ ! -e $__gov_level/.tool-versions ]] || __gov_now+=/$__gov_level/.tool-versions
        [[ ! -e $__gov_level/go.work ]] || __gov_now+=/$__gov_level/go.work
        [[ ! -e $__gov_level/go.mod ]] || __gov_now+=/$__gov_level/go.mod
    done
    if [[ $__gov_now != "$__gov_sight" ]] || ! __gov_same; then __gov_follow "$__gov_now"; fi
    return "$__gov_status"
}

__gov_same() { false; }
__gov_can_leave() { false; }

# `gov shell`: the version for this session.
__gov_shell() {
    local __gov_version
    case $#/${1-} in
        1/--unset) __gov_unset GOV_VERSION ;;
        0/ | */-*)
            "$__gov_program" shell "$@"
            return
            ;;
        *)
            __gov_version=$("$__gov_program" shell --check "$@") || return
            __gov_set GOV_VERSION "$__gov_version"
            ;;
    esac
    __gov_hook
}

# gov itself, and what only the shell can do.
function gov {
    case ${1-} in
        shell) __gov_shell "${@:2}" ;;
        *) "$__gov_program" "$@" ;;
    esac
}

# "&& :" hands the status on to what follows without setting off `set -e` or a trap on ERR.
if [[ "${PROMPT_COMMAND[*]-}" != *__gov_hook* ]]; then
    if [[ ${PROMPT_COMMAND[1]+x} ]]; then
        PROMPT_COMMAND+=('__gov_hook && :')
    else
        # shellcheck disable=SC2128,SC2178  # an array of one gets longer in its only element
        PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}'__gov_hook && :'
    fi
fi
