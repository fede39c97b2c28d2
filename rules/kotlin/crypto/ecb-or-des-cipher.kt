import javax.crypto.Cipher
import javax.crypto.KeyGenerator

const val ECB = "AES/ECB/PKCS5Padding"

fun ciphers(name: String) {
    // ruleid: ecb-or-des-cipher
    val a = Cipher.getInstance("AES")
    // ruleid: ecb-or-des-cipher
    val b = Cipher.getInstance("AES/ECB/PKCS5Padding")
    // ruleid: ecb-or-des-cipher
    val c = Cipher.getInstance(ECB, "BC")
    // ruleid: ecb-or-des-cipher
    val d = Cipher.getInstance("DES/CBC/PKCS5Padding")
    // ruleid: ecb-or-des-cipher
    val e = Cipher.getInstance("DESede")
    // ruleid: ecb-or-des-cipher
    val f = Cipher.getInstance("RC4")
    // ruleid: ecb-or-des-cipher
    val g = KeyGenerator.getInstance("DES")
    // ok: ecb-or-des-cipher
    val h = Cipher.getInstance("AES/GCM/NoPadding")
    // ok: ecb-or-des-cipher
    val i = Cipher.getInstance("AES/CBC/PKCS7Padding")
    // ok: ecb-or-des-cipher
    val j = Cipher.getInstance("ChaCha20-Poly1305")
    // ok: ecb-or-des-cipher
    val k = KeyGenerator.getInstance("AES")
    // ok: ecb-or-des-cipher
    val l = KeyGenerator.getInstance("AES", "AndroidKeyStore")
    // ok: ecb-or-des-cipher
    val m = Cipher.getInstance(name)
}
