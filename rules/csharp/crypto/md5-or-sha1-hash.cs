using System.Security.Cryptography;

class Digests
{
    void All(byte[] data, RSA rsa, string name)
    {
        // ruleid: md5-or-sha1-hash
        using var a = MD5.Create();
        // ruleid: md5-or-sha1-hash
        var b = SHA1.Create().ComputeHash(data);
        // ruleid: md5-or-sha1-hash
        var c = SHA1.HashData(data);
        // ruleid: md5-or-sha1-hash
        using (var d = new MD5CryptoServiceProvider())
        {
        }
        // ruleid: md5-or-sha1-hash
        var e = new SHA1Managed();
        // ruleid: md5-or-sha1-hash
        var f = HashAlgorithm.Create("MD5");
        // ruleid: md5-or-sha1-hash
        var g = rsa.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
        // ok: md5-or-sha1-hash
        using var h = SHA256.Create();
        // ok: md5-or-sha1-hash
        var i = SHA256.HashData(data);
        // ok: md5-or-sha1-hash
        var j = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        // ok: md5-or-sha1-hash
        var k = HashAlgorithm.Create("SHA256");
        // ok: md5-or-sha1-hash
        var l = HashAlgorithm.Create(name);
        // ok: md5-or-sha1-hash
        var m = new SHA512Managed();
        // ok: md5-or-sha1-hash
        var n = Create("MD5");
    }
}
