# SPDX-License-Identifier: Apache-2.0
"""The loopback world that gov's whole-program tests run in.

distpack    what a Go release is made of: names, modes, h1
archives    writers of tarballs and module zips, honest or hostile
mini        a small made-up release
releases    the genuine releases, brought by the go command
site        releases repacked as tarballs, and the download site's index
modules     small modules for the go command
log         a checksum database with the tests' own key
recorder    the public checksum database, recorded and replayed
server      the loopback HTTP server and its request log
faults      what an answer may suffer on its way
publish     the paths under which all of that is served
world       all of the above, made once a session
program     the gov binary in a private home
"""
