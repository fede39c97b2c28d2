import android.util.Log
import timber.log.Timber

fun signIn(user: String, password: String, session: Session, logger: Logger) {
    // ruleid: secret-in-logcat
    Log.d("auth", "signing in " + user + " with " + password)
    // ruleid: secret-in-logcat
    Log.e("auth", "refused: $password")
    // ruleid: secret-in-logcat
    Timber.i("token %s", session.accessToken)
    // ruleid: secret-in-logcat
    logger.info("key is ${session.apiKey}")
    // ruleid: secret-in-logcat
    println(password)
    // ok: secret-in-logcat
    Log.d("auth", "signing in " + user)
    // ok: secret-in-logcat
    Log.e("auth", "wrong password")
    // ok: secret-in-logcat
    Timber.i("session %s", session.id)
    // ok: secret-in-logcat
    logger.info("pinned ${session.pinned}")
    // ok: secret-in-logcat
    println("password changed")
    // ok: secret-in-logcat
    store(password)
}
