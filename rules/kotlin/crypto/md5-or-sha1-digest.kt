import java.security.MessageDigest
import java.security.Signature
import org.apache.commons.codec.digest.DigestUtils

const val WEAK = "MD5"
const val STRONG = "SHA-256"

fun digests(data: ByteArray, name: String) {
    // ruleid: md5-or-sha1-digest
    val a = MessageDigest.getInstance("MD5")
    // ruleid: md5-or-sha1-digest
    val b = MessageDigest.getInstance("SHA-1").digest(data)
    // ruleid: md5-or-sha1-digest
    val c = java.security.MessageDigest.getInstance("sha1", "BC")
    // ruleid: md5-or-sha1-digest
    val d = MessageDigest.getInstance(WEAK)
    // ruleid: md5-or-sha1-digest
    val e = Signature.getInstance("SHA1withRSA")
    // ruleid: md5-or-sha1-digest
    val f = DigestUtils.md5Hex(data)
    // ruleid: md5-or-sha1-digest
    val g = DigestUtils.sha1(data)
    // ok: md5-or-sha1-digest
    val h = MessageDigest.getInstance("SHA-256")
    // ok: md5-or-sha1-digest
    val i = MessageDigest.getInstance(STRONG).digest(data)
    // ok: md5-or-sha1-digest
    val j = MessageDigest.getInstance("SHA-512", "BC")
    // ok: md5-or-sha1-digest
    val k = Signature.getInstance("SHA256withECDSA")
    // ok: md5-or-sha1-digest
    val l = DigestUtils.sha256Hex(data)
    // ok: md5-or-sha1-digest
    val m = MessageDigest.getInstance(name)
    // ok: md5-or-sha1-digest
    log("MD5 is not used here")
}
