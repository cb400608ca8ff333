<?php

namespace FarmMassMessage;

use Language;

/** What is written on a page (MassMessage REL1_43, includes/MessageBuilder.php). */
class Text {

	/** The heading: without line breaks and tags. */
	public static function subject( string $subject ): string {
		return rtrim( strip_tags( str_replace( "\n", '', $subject ) ) );
	}

	/**
	 * The page that is sent along, the message, and the hidden comment in the language of the page.
	 *
	 * @param ?string $along
	 * @param string $text
	 * @param array $comment sender, wiki, address of the list
	 * @param ?Language $language of the page; null takes that of the one who looks
	 */
	public static function body( ?string $along, string $text, array $comment, ?Language $language ): string {
		$hidden = wfMessage( 'massmessage-hidden-comment', ...$comment );
		if ( $language ) {
			$hidden = $hidden->inLanguage( $language );
		}
		return trim( "$along\n\n$text" ) . "\n" . $hidden->text();
	}
}
