<?php

namespace FarmMassMessage;

use Html;
use Language;
use MediaWiki\MediaWikiServices;
use Title;

/**
 * A page that is sent along with a message.
 *
 * It is read when the message is delivered, on each target's wiki. In a page of another language it stands in an
 * element of its own (MassMessage REL1_43, includes/MessageBuilder.php, includes/PageMessage/).
 */
class PageMessage {

	private const TEXT = 'SELECT old_text FROM page JOIN slots ON slot_revision_id = page_latest'
		. ' JOIN content ON content_id = slot_content_id'
		. " JOIN text ON content_address = 'tt:' || old_id WHERE page_namespace = ? AND page_title = ?";

	/** What a job holds of the page. */
	public static function of( Title $title, string $dbname ): array {
		$language = $title->getPageLanguage();
		return [
			'wiki' => $dbname,
			'namespace' => $title->getNamespace(),
			'key' => $title->getDBkey(),
			'language' => $language->getCode(),
			'direction' => $language->getDir(),
		];
	}

	/** The text as it is now, for a page in this language; null if the page is gone. */
	public static function text( array $along, ?Language $language ): ?string {
		$run = MediaWikiServices::getInstance()->getMainConfig()->get( 'FarmMassMessageRun' );
		$db = new \PDO( "sqlite:$run/data/{$along['wiki']}.sqlite" );
		$statement = $db->prepare( self::TEXT );
		$statement->execute( [ $along['namespace'], $along['key'] ] );
		$text = $statement->fetchColumn();
		if ( $text === false || ( $language && $language->getCode() === $along['language'] ) ) {
			return $text === false ? null : $text;
		}
		$attributes = [ 'lang' => $along['language'], 'dir' => $along['direction'] ];
		return Html::rawElement( 'div', $attributes, "\n$text\n" );
	}
}
