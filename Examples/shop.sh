# Sourced by the scripts that need a Git repository made from Examples/microservices: an identity of its own,
# apart from the user's configuration, and a folder that is removed at the end.
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Demo GIT_AUTHOR_EMAIL=demo@example.com
export GIT_COMMITTER_NAME=Demo GIT_COMMITTER_EMAIL=demo@example.com

# Makes the repository "$folder/shop".
make_shop() {
  git init -q -b main "$folder/shop"
  cp "$examples"/microservices/*.yaml "$folder/shop"
  git -C "$folder/shop" add .
  git -C "$folder/shop" commit -qm "The shop as it runs today"
}
