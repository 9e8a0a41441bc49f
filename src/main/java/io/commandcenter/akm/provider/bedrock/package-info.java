/**
 * Amazon Bedrock's Converse, asked with an API key, out to the provider.
 *
 * <p>Never enters: I/O, routing, money, signatures of AWS accounts.
 */
package io.commandcenter.akm.provider.bedrock;
