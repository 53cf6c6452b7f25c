// Package secret makes and checks what must not be guessed or forged: session and card tokens, rotating
// codes, and keyed digests. Everything keyed comes from one key, `secret.key`, by a purpose of its own, so
// that a code made for one thing is worth nothing for another.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Key is 32 bytes or more that only the servers know.
type Key []byte

const keyBytes = 32

// KeyFileName is where a key made by the program itself is kept, in the data folder.
const KeyFileName = "secret.key"

// ParseKey reads a key as it stands in the settings: at least 32 characters.
func ParseKey(text string) (Key, error) {
	if len(text) < keyBytes {
		return nil, fmt.Errorf("secret.key has %d characters and needs at least %d", len(text), keyBytes)
	}
	return Key(text), nil
}

// KeyInFolder reads the key kept in folder, or makes one that only the owner can read.
func KeyInFolder(folder string) (Key, error) {
	file := filepath.Join(folder, KeyFileName)
	text, err := os.ReadFile(file)
	if err == nil {
		return ParseKey(strings.TrimSpace(string(text)))
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	made := NewToken()
	if err := os.WriteFile(file, []byte(made+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep a new key: %w", err)
	}
	return ParseKey(made)
}

// MAC is the keyed digest (HMAC-SHA256, 32 bytes) of parts for purpose. Where one part ends and the next
// begins is part of it.
func (k Key) MAC(purpose string, parts ...string) []byte {
	derived := hmac.New(sha256.New, k)
	derived.Write([]byte(purpose))
	digest := hmac.New(sha256.New, derived.Sum(nil))
	for _, part := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		digest.Write(length[:])
		digest.Write([]byte(part))
	}
	return digest.Sum(nil)
}

// Signature is MAC as text for a link: 22 characters, 128 bits.
func (k Key) Signature(purpose string, parts ...string) string {
	return base64.RawURLEncoding.EncodeToString(k.MAC(purpose, parts...)[:16])
}

// Verify compares a signature from outside in constant time.
func (k Key) Verify(signature, purpose string, parts ...string) bool {
	return hmac.Equal([]byte(signature), []byte(k.Signature(purpose, parts...)))
}

// Step is how long a rotating code stays before the next one.
const Step = 15 * time.Second

// rotatingCharacters is short enough to say aloud and to type when a camera fails: 40 bits, guessed with
// a chance of one in 10^12 a try, and tries are throttled.
const rotatingCharacters = 8

// Encrypt makes plain unreadable and unchangeable (AES-256-GCM) to whoever lacks the key, as text.
func (k Key) Encrypt(purpose string, plain []byte) string {
	sealer := k.sealer(purpose)
	nonce := make([]byte, sealer.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return base64.StdEncoding.EncodeToString(sealer.Seal(nonce, nonce, plain, nil))
}

// Decrypt gives back what Encrypt was given. The error says that the text is not of this key and purpose.
func (k Key) Decrypt(purpose, text string) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("decrypt for %s: %w", purpose, err)
	}
	sealer := k.sealer(purpose)
	if len(sealed) < sealer.NonceSize() {
		return nil, fmt.Errorf("decrypt for %s: too short", purpose)
	}
	plain, err := sealer.Open(nil, sealed[:sealer.NonceSize()], sealed[sealer.NonceSize():], nil)
	if err != nil {
		return nil, fmt.Errorf("decrypt for %s: %w", purpose, err)
	}
	return plain, nil
}

func (k Key) sealer(purpose string) cipher.AEAD {
	block, err := aes.NewCipher(k.MAC("encrypt", purpose)) // 32 bytes: AES-256
	if err != nil {
		panic(err)
	}
	sealer, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return sealer
}

// Rotating is the code of subject for purpose in the time step that holds at, and when that step ends.
func (k Key) Rotating(purpose, subject string, at time.Time) (code string, validUntil time.Time) {
	step := at.Truncate(Step)
	digest := k.MAC(purpose, subject, step.UTC().Format(time.RFC3339))
	return base32.StdEncoding.EncodeToString(digest)[:rotatingCharacters], step.Add(Step)
}

// VerifyRotating takes the code of the step that holds at and of the one before it, and no other.
func (k Key) VerifyRotating(code, purpose, subject string, at time.Time) bool {
	current, _ := k.Rotating(purpose, subject, at)
	previous, _ := k.Rotating(purpose, subject, at.Add(-Step))
	isCurrent := hmac.Equal([]byte(code), []byte(current))
	isPrevious := hmac.Equal([]byte(code), []byte(previous))
	return isCurrent || isPrevious
}

// NewToken makes 256 random bits as 43 characters that may stand in a link or a QR code.
func NewToken() string {
	random := make([]byte, keyBytes)
	rand.Read(random) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(random)
}

// Hash is how a token is kept: whoever reads the database cannot use what stands there.
func Hash(token string) string {
	digest := sha256.Sum256([]byte(token))
	return hex.EncodeToString(digest[:])
}
