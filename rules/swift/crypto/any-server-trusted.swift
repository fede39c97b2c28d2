import Foundation

final class Blind: NSObject, URLSessionDelegate {
    func urlSession(_ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
                    completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {
        // ruleid: any-server-trusted
        completionHandler(.useCredential, URLCredential(trust: challenge.protectionSpace.serverTrust!))
    }
}

final class BlindInSteps: NSObject, URLSessionDelegate {
    func urlSession(_ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
                    completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {
        guard let trust = challenge.protectionSpace.serverTrust else { return }
        // ruleid: any-server-trusted
        let credential = URLCredential(trust: trust)
        completionHandler(.useCredential, credential)
    }

    func answer(_ challenge: URLAuthenticationChallenge) async -> (URLSession.AuthChallengeDisposition, URLCredential?) {
        if let trust = challenge.protectionSpace.serverTrust {
            // ruleid: any-server-trusted
            return (.useCredential, URLCredential(trust: trust))
        }
        return (.performDefaultHandling, nil)
    }

    // ruleid: any-server-trusted
    func credential(for trust: SecTrust) -> URLCredential { return URLCredential(trust: trust) }
}

final class Careful: NSObject, URLSessionDelegate {
    func urlSession(_ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
                    completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {
        guard let trust = challenge.protectionSpace.serverTrust, SecTrustEvaluateWithError(trust, nil) else {
            // ok: any-server-trusted
            completionHandler(.cancelAuthenticationChallenge, nil)
            return
        }
        // ok: any-server-trusted
        completionHandler(.useCredential, URLCredential(trust: trust))
    }

    func answer(_ challenge: URLAuthenticationChallenge) -> URLCredential? {
        guard let trust = challenge.protectionSpace.serverTrust else { return nil }
        var error: CFError?
        if SecTrustEvaluateWithError(trust, &error) {
            // ok: any-server-trusted
            return URLCredential(trust: trust)
        }
        return nil
    }

    func other(_ challenge: URLAuthenticationChallenge) -> URLCredential {
        // ok: any-server-trusted
        let credential = URLCredential(user: "pump", password: secret(), persistence: .none)
        // ok: any-server-trusted
        print("URLCredential(trust: anything) would be wrong")
        // ok: any-server-trusted
        return credential
    }
}
