import com.auth0.jwt.algorithms.Algorithm
import java.security.KeyStore
import javax.crypto.SecretKeyFactory
import javax.crypto.spec.PBEKeySpec
import javax.crypto.spec.SecretKeySpec

private const val SECRET = "0123456789abcdef"

fun constants() {
    // ruleid: key-in-source
    val a = SecretKeySpec("0123456789abcdef".toByteArray(), "AES")
    // ruleid: key-in-source
    val b = SecretKeySpec(SECRET.toByteArray(Charsets.UTF_8), "AES")
    val bytes = byteArrayOf(1, 2, 3, 4, 5, 6, 7, 8)
    // ruleid: key-in-source
    val c = SecretKeySpec(bytes, "AES")
    // ruleid: key-in-source
    val d = PBEKeySpec("infusion".toCharArray(), salt(), 600_000)
    // ruleid: key-in-source
    val e = Algorithm.HMAC256(SECRET)
    val text = "infusion"
    // ruleid: key-in-source
    val f = text.toByteArray().let { SecretKeySpec(it, "AES") }
}

fun elsewhere(password: CharArray, raw: ByteArray, store: KeyStore, preferences: Preferences) {
    // ok: key-in-source
    val a = SecretKeySpec(raw, "AES")
    // ok: key-in-source
    val b = PBEKeySpec(password, salt(), 600_000)
    // ok: key-in-source
    val c = Algorithm.HMAC256(System.getenv("TOKEN_KEY"))
    // ok: key-in-source
    val d = SecretKeySpec(store.getKey("records", null).encoded, "AES")
    val factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
    // ok: key-in-source
    val e = SecretKeySpec(factory.generateSecret(PBEKeySpec(password)).encoded, "AES")
    // ok: key-in-source
    val f = Algorithm.HMAC512(preferences.getString("key"))
}
