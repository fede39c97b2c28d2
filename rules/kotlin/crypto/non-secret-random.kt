import java.security.SecureRandom
import java.util.concurrent.ThreadLocalRandom
import kotlin.random.Random

fun make(secure: SecureRandom) {
    // ruleid: non-secret-random
    val token = Random.nextBytes(16)
    // ruleid: non-secret-random
    val sessionId = "S" + Random.nextLong()
    // ruleid: non-secret-random
    val pin = (Math.random() * 10_000).toInt()
    // ruleid: non-secret-random
    val apiKey = java.util.Random().nextInt().toString()
    var nonce = ByteArray(12)
    // ruleid: non-secret-random
    nonce = Random(7).nextBytes(12)
    // ruleid: non-secret-random
    val salt = ThreadLocalRandom.current().nextLong()
    // ok: non-secret-random
    val delay = Random.nextInt(100)
    // ok: non-secret-random
    val colour = Random.nextBytes(3)
    // ok: non-secret-random
    val secret = ByteArray(32).also { secure.nextBytes(it) }
    // ok: non-secret-random
    val otp = SecureRandom().nextInt(1_000_000)
    // ok: non-secret-random
    val keyboard = Random.nextInt()
    // ok: non-secret-random
    val tokenCount = tokens.size
}
