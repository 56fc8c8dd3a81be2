#!/bin/sh
# Makes the certificates and keys of the tests, which are valid for a hundred years. They protect nothing.
set -eu
cd "$(dirname "$0")"
days=36500
issue() { # name, subject, extensions
    openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2" 2>/dev/null
    printf '%s\n' "$3" >"$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days "$days" -set_serial "0x$(openssl rand -hex 8)" \
        -extfile "$1.ext" -out "$1.pem" 2>/dev/null
    rm "$1.csr" "$1.ext"
}
authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -days "$days" -keyout "$1.key" -out "$1.pem" -subj "/CN=$1" 2>/dev/null
}
authority ca
authority other-ca
issue server /CN=server 'subjectAltName=DNS:localhost,IP:127.0.0.1'
issue replacement /CN=replacement 'subjectAltName=DNS:localhost,IP:127.0.0.1'
issue database /CN=database 'subjectAltName=DNS:db.internal'
issue client /CN=postgres 'extendedKeyUsage=clientAuth'
keytool -genkeypair -alias ended -keyalg RSA -keysize 2048 -dname CN=ended -startdate -2y -validity 365 -storetype PKCS12 \
    -keystore ended.p12 -storepass secret 2>/dev/null
openssl pkcs12 -in ended.p12 -passin pass:secret -nodes -nocerts 2>/dev/null | openssl pkey -out ended.key
openssl pkcs12 -in ended.p12 -passin pass:secret -nokeys 2>/dev/null | openssl x509 -out ended.pem
openssl rsa -in server.key -traditional -out server-pkcs1.key 2>/dev/null
openssl rsa -in server.key -traditional -aes128 -passout pass:secret -out encrypted-pkcs1.key 2>/dev/null
openssl pkcs8 -topk8 -in server.key -passout pass:secret -out encrypted.key
openssl ecparam -genkey -name prime256v1 -noout -out ec-sec1.key
openssl pkey -in ec-sec1.key -out ec.key
openssl genpkey -algorithm ed25519 -out ed25519.key
openssl req -x509 -newkey rsa:1024 -nodes -days 36500 -subj /CN=weak.example -keyout weak.key -out weak.pem 2>/dev/null
rm ca.key other-ca.key ended.p12
